// Parts of a page that follow what is typed or chosen beside them. Without this file the buttons of the form ask the same.
// data-part: address of the part; data-part-from: which controls, or groups of them, it follows and sends; data-part-on:
// input or change; data-part-pause: milliseconds to wait; data-part-add: what goes along; data-part-post: by POST, so that
// a name never stands in an address. A button with data-part-press inside the part asks at once, with its own value.
document.querySelectorAll("[data-part]").forEach((part) => {
  const form = part.closest("form");
  const followed = [...document.querySelectorAll(part.dataset.partFrom)];
  const said = document.createElement("p");
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  part.after(said);
  let waiting = 0;
  let request;

  function values(pressed) {
    const sent = new URLSearchParams(part.dataset.partAdd ?? "");
    for (const item of form.elements) {
      const belongs = followed.some((each) => each.contains(item)) || (item.type === "hidden" && part.contains(item));
      if (!item.name || !belongs || item.type === "submit" || item.type === "file") continue;
      if (item.matches("[type='checkbox'], [type='radio']") && !item.checked) continue;
      sent.append(item.name, item.value);
    }
    if (pressed) sent.append(pressed.name, pressed.value);
    return sent;
  }

  const nameAndValue = (box) => JSON.stringify([box.name, box.value]);

  async function ask(pressed) {
    clearTimeout(waiting);
    request?.abort();
    request = new AbortController();
    const { signal } = request;
    const body = values(pressed);
    const { part: url, partPost } = part.dataset;
    const token = form.querySelector("[name='csrfmiddlewaretoken']")?.value ?? "";
    try {
      const answer = partPost === undefined
        ? await fetch(`${url}?${body}`, { signal })
        : await fetch(url, { method: "POST", body, headers: { "X-CSRFToken": token }, signal });
      if (!answer.ok || answer.redirected) return;
      const text = await answer.text();
      const ticked = new Set([...part.querySelectorAll("input:checked")].map(nameAndValue));
      part.innerHTML = text;
      // What was ticked and is offered again stays ticked.
      part.querySelectorAll("input").forEach((box) => (box.checked ||= ticked.has(nameAndValue(box))));
    } catch {
      return; // Without a network the part stays as it is; the form says so when it is sent.
    }
    said.textContent = part.querySelector("[data-said]")?.textContent ?? "";
    // The button that was pressed is gone: the focus goes on to what it left.
    if (pressed) part.querySelector("h2, button")?.focus();
  }

  followed.forEach((each) => each.addEventListener(part.dataset.partOn ?? "change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, Number(part.dataset.partPause ?? 0));
  }));
  part.addEventListener("click", (event) => {
    const button = event.target.closest("[data-part-press]");
    if (!button) return;
    event.preventDefault();
    ask(button);
  });
});
