// Suggestions while typing: the combobox pattern over a search that works without this file. What is typed leaves by POST
// only, so that a name never stands in an address. What a choice does stands in the attributes of <c-suggest>.
const PAUSE = 220;
const LEAST = 3;
const NOBODY = "00000000-0000-0000-0000-000000000000";

document.querySelectorAll("[data-suggest]").forEach((box, index) => {
  const input = box.querySelector("input");
  const form = input?.form;
  if (!form) return;
  const panel = document.createElement("div");
  const said = document.createElement("p");
  panel.className = "suggest-panel";
  panel.hidden = true;
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  box.append(panel, said);
  const name = `suggest-${index}`;
  Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-haspopup": "listbox" }).forEach(([key, value]) => input.setAttribute(key, value));

  let asked = "";
  let waiting = 0;
  let request;

  const options = () => [...panel.querySelectorAll("[role='option']")];
  const active = () => panel.querySelector("[aria-selected='true']");

  function close() {
    clearTimeout(waiting);
    request?.abort();
    asked = "";
    panel.hidden = true;
    panel.replaceChildren();
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    options().forEach((each) => each.setAttribute("aria-selected", String(each === option)));
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function show(html) {
    panel.innerHTML = html;
    const list = panel.querySelector("[role='listbox']");
    if (list) {
      list.id = name;
      if (box.dataset.label) list.setAttribute("aria-label", box.dataset.label);
      input.setAttribute("aria-controls", name);
    }
    options().forEach((option, place) => (option.id = `${name}-${place}`));
    input.setAttribute("aria-expanded", String(options().length > 0));
    panel.hidden = false;
    said.textContent = panel.querySelector("[data-said]")?.textContent ?? "";
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    if (typed.length < LEAST) {
      close();
      return;
    }
    request?.abort();
    request = new AbortController();
    asked = typed;
    const body = new URLSearchParams({ q: typed });
    const token = form.querySelector("[name='csrfmiddlewaretoken']")?.value ?? "";
    try {
      const answer = await fetch(box.dataset.suggest, { method: "POST", body, headers: { "X-CSRFToken": token }, signal: request.signal });
      // Without a network or a session the form itself still asks, and says what is wrong.
      if (!answer.ok || answer.redirected) close();
      else if (document.activeElement === input) show(await answer.text());
    } catch {
      asked = "";
    }
  }

  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  };

  function pick(option) {
    const { value, fill, label, hint } = option.dataset;
    const { go, into, choose, submit } = box.dataset;
    close();
    if (go) {
      location.assign(go.replace(NOBODY, value));
    } else if (into) {
      offer(document.getElementById(into), choose, value, label, hint);
      input.value = "";
    } else if (submit) {
      const target = document.getElementById(submit);
      target.elements.person_id.value = value;
      target.requestSubmit();
    } else {
      input.value = fill;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  // One more choice on a card, chosen: the same markup the server writes for people it found.
  function offer(group, field, value, label, hint) {
    group.querySelectorAll("[data-offered]").forEach((old) => old.remove());
    let radio = [...group.querySelectorAll("input")].find((each) => each.value === value);
    if (!radio) {
      const card = document.createElement("label");
      card.className = "choice";
      card.dataset.offered = "";
      radio = document.createElement("input");
      Object.assign(radio, { type: "radio", name: field, value, id: `${name}-chosen` });
      card.htmlFor = radio.id;
      const words = document.createElement("span");
      const small = document.createElement("span");
      small.className = "choice-hint";
      small.textContent = hint;
      words.append(label, small);
      card.append(radio, words);
      group.prepend(card);
    }
    radio.checked = true;
    radio.focus();
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("input", (event) => event.isComposing || later());
  input.addEventListener("compositionend", later);
  input.addEventListener("keydown", (event) => {
    const all = options();
    const place = all.indexOf(active());
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (panel.hidden) {
        if (event.key === "ArrowDown") ask();
        return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // Past either end the box itself has its turn, as the pattern of a combobox wants it.
      const next = place + step;
      mark(place < 0 && step < 0 ? all.at(-1) : all[next]);
    } else if (event.key === "Enter" && place >= 0) {
      event.preventDefault();
      event.stopPropagation();
      pick(all[place]);
    } else if (event.key === "Enter" || event.key === "Tab") {
      close();
    } else if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role='option']");
    if (option) pick(option);
  });
  input.addEventListener("blur", close);
});
