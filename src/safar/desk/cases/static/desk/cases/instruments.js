// A form follows its own answers: after a change the server says what is asked now, and only what looks different is
// replaced, so that focus and half-typed words stay. Without this file a button asks the same.
const form = document.querySelector("form[data-answers]");
const hide = () => form.querySelectorAll("[data-hides-with-script]").forEach((each) => { each.hidden = true; });
let request;

const parts = (parent) => [...parent.querySelectorAll("[data-question]")].filter((each) => each.parentElement.closest("[data-inside]") === parent);

// With `whole` nothing is spared: another language was chosen.
function follow(old, fresh, whole) {
  for (const hidden of old.querySelectorAll(":scope > input[type='hidden']")) hidden.remove();
  old.prepend(...fresh.querySelectorAll(":scope > input[type='hidden']"));
  for (const own of [":scope > legend", ":scope > .hint"]) {
    const heading = fresh.querySelector(own);
    if (heading) old.querySelector(own)?.replaceChildren(...heading.childNodes);
  }
  const known = new Map(parts(old).map((each) => [each.dataset.question, each]));
  let before = null;
  for (const part of parts(fresh)) {
    const there = known.get(part.dataset.question);
    known.delete(part.dataset.question);
    let kept = there;
    if (!there) kept = part;
    else if (there.dataset.inside !== undefined && part.dataset.inside !== undefined) follow(there, part, whole);
    else if (there.dataset.sign !== part.dataset.sign && (whole || !there.contains(document.activeElement))) {
      there.replaceWith(part);
      kept = part;
    }
    if (!there || kept.parentElement !== old) {
      const above = before ?? old.querySelector(":scope > legend");
      if (above) above.after(kept);
      else old.prepend(kept);
    }
    before = kept;
  }
  known.forEach((gone) => gone.remove());
}

async function ask(event) {
  const whole = !event.target.closest("[data-inside]");
  request?.abort();
  request = new AbortController();
  const body = new FormData(form);
  body.append("look", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Part": "answers" }, signal: request.signal });
    if (!answer.ok || answer.redirected) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-inside]");
    const old = form.querySelector("[data-inside]");
    old.lang = fresh.lang;
    old.dir = fresh.dir;
    follow(old, fresh, whole);
    hide();
  } catch {
    // Without a network the form stays as it is; storing it says so.
  }
}

form?.addEventListener("change", ask);
if (form) hide();
