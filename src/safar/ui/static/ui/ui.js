// Comforts only: every page works without this file. Hooks are data- attributes, named in CONTRIBUTING.md's sense.
const root = document.documentElement;
root.dataset.live = "";

const toasts = document.querySelector("[data-toasts]");
const text = (name) => toasts?.dataset[`text${name}`] ?? "";

function toast(message, tone = "info", stay = false) {
  if (!toasts || !message) return;
  const box = document.createElement("div");
  box.className = `toast tone-${tone}`;
  const line = document.createElement("p");
  line.textContent = message;
  box.append(line);
  toasts.append(box);
  furnish(box, stay || tone === "danger" || tone === "warn");
  return box;
}

function furnish(box, stay) {
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = "×";
  close.setAttribute("aria-label", text("Close"));
  close.addEventListener("click", () => box.remove());
  box.append(close);
  if (!stay) setTimeout(() => box.matches(":hover, :focus-within") || box.remove(), 8000);
}

document.querySelectorAll("[data-toast]").forEach((box) => {
  furnish(box, box.matches(".tone-danger, .tone-warn"));
});
document.querySelector("[data-focus]")?.focus();

// Keyboard: "/" searches, Escape closes what is open.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (event.target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
      search.select();
    }
  } else if (event.key === "Escape") {
    const open = document.querySelector("details[data-drop][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    } else {
      toasts?.lastElementChild?.remove();
    }
  }
});

document.addEventListener("click", (event) => {
  document.querySelectorAll("details[data-drop][open]").forEach((drop) => {
    if (!drop.contains(event.target)) drop.open = false;
  });
  const hook = event.target.closest("[data-dialog], [data-copy], [data-theme-choice], [data-back]");
  if (!hook) return;
  const { dialog, copy, themeChoice } = hook.dataset;
  if (dialog !== undefined) {
    const target = document.getElementById(dialog);
    if (target?.showModal) {
      event.preventDefault();
      target.showModal();
    }
  } else if (copy !== undefined) {
    const source = copy && document.getElementById(copy);
    const words = source ? (source.value ?? source.textContent).trim() : hook.value;
    navigator.clipboard?.writeText(words).then(() => toast(text("Copied"), "good"), () => toast(text("Failed"), "danger"));
  } else if (themeChoice !== undefined) {
    if (themeChoice) root.dataset.theme = themeChoice;
    else delete root.dataset.theme;
    markTheme();
  } else {
    history.back();
  }
});

function markTheme() {
  document.querySelectorAll("[data-theme-choice]").forEach((choice) => {
    choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === (root.dataset.theme ?? "")));
  });
}
markTheme();

// Forms: warn before typed text is left behind, keep it when the connection is lost, take one press only.
const forms = [...document.querySelectorAll("form[method='post']")].filter((form) => !form.matches("[role='search'], dialog form, [data-careless]"));
const keyOf = (form) => `typed:${location.pathname}:${forms.indexOf(form)}`;
const SECRET = "input[type='password'], input[type='file'], input[type='hidden'], [autocomplete='one-time-code'], [data-secret]";
const dirty = new Set();
let leaving = false;

const controls = (form) => [...form.elements].filter((item) => item.name && !item.matches(SECRET) && item.type !== "submit" && item.type !== "button");

function store(form, sent) {
  const items = controls(form);
  const typed = items.map((item) => {
    if (item.matches("select[multiple]")) return [...item.selectedOptions].map((option) => option.value);
    return item.matches("[type='checkbox'], [type='radio']") ? item.checked : item.value;
  });
  try {
    sessionStorage.setItem(keyOf(form), JSON.stringify({ names: items.map((item) => item.name), typed, sent }));
  } catch {
    // A full or forbidden store loses nothing but this comfort.
  }
}

const keep = () => dirty.forEach((form) => store(form, false));

// What was sent is kept only until the server has answered with a page that is not an error. The pages of the desk are
// never cached, so a browser that goes back to a form would otherwise show it empty.
const cameBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

function forget() {
  if (document.body.dataset.error !== undefined) return;
  Object.keys(sessionStorage).filter((key) => key.startsWith("typed:")).forEach((key) => {
    const here = cameBack && key.startsWith(`typed:${location.pathname}:`);
    if (!here && JSON.parse(sessionStorage.getItem(key)).sent) sessionStorage.removeItem(key);
  });
}

function restore(form) {
  const kept = JSON.parse(sessionStorage.getItem(keyOf(form)));
  sessionStorage.removeItem(keyOf(form));
  const items = controls(form);
  if (!kept || kept.names.join() !== items.map((item) => item.name).join()) return;
  items.forEach((item, index) => {
    const value = kept.typed[index];
    if (item.matches("select[multiple]")) [...item.options].forEach((option) => (option.selected = value.includes(option.value)));
    else if (item.matches("[type='checkbox'], [type='radio']")) item.checked = value;
    else item.value = value;
  });
  dirty.add(form);
  toast(text("Restored"), "info");
}

try {
  forget();
  forms.forEach(restore);
} catch {
  // No store in this browser: forms start as the server sent them.
}

forms.forEach((form) => {
  form.addEventListener("input", () => {
    dirty.add(form);
    if (!navigator.onLine) keep();
  });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  // The attribute and not form.method: a field may bear the name "method" and then stands in its place.
  if (form.getAttribute("method") !== "post" || event.defaultPrevented) return;
  if (!navigator.onLine) {
    event.preventDefault();
    dirty.add(form);
    keep();
    toast(text("Offline"), "warn");
    return;
  }
  if (form.dataset.sent !== undefined) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "";
  if (dirty.delete(form)) store(form, true);
  leaving = true;
  // After the browser has read the pressed button's own name and value.
  setTimeout(() => form.querySelectorAll("button:not([type='button'])").forEach((button) => (button.disabled = true)));
});

function release() {
  leaving = false;
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button:disabled:not([data-off])").forEach((button) => (button.disabled = false));
  });
}
window.addEventListener("pageshow", (event) => event.persisted && release());

window.addEventListener("beforeunload", (event) => {
  if (!leaving && [...dirty].some((form) => form.isConnected)) event.preventDefault();
});
window.addEventListener("offline", () => {
  keep();
  toast(text("Offline"), "warn", true)?.setAttribute("data-offline", "");
});
window.addEventListener("online", () => {
  document.querySelectorAll("[data-offline]").forEach((box) => box.remove());
  toast(text("Online"), "good");
});
