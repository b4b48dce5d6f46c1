// Joins allauth's passkey functions to our pages by data attributes, since no page may carry inline script.
// <button id=… hidden data-passkey="add|authenticate|login" data-credential="<id of the hidden field>">
(() => {
  "use strict";
  const words = document.querySelector("[data-passkey-failed]");
  const forms = window.allauth && window.allauth.webauthn.forms;

  function fail(exception) {
    if (!words) return;
    words.hidden = false;
    const given_up = exception && exception.name === "NotAllowedError";
    words.querySelector("[data-passkey-text]").textContent = given_up ? words.dataset.passkeyGivenUp : words.dataset.passkeyFailed;
    words.focus();
  }

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    fail(event.detail.exception);
  });

  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (!forms || !window.PublicKeyCredential) continue; // the button stays hidden where it could not work
    const kind = button.dataset.passkey;
    const ids = { [kind]: button.id, credential: button.dataset.credential };
    if (kind !== "login") ids.data = "passkey-data";
    if (button.dataset.passwordless) ids.passwordless = button.dataset.passwordless;
    forms[kind + "Form"]({ ids });
    button.addEventListener("click", () => { if (words) words.hidden = true; });
    button.hidden = false;
    for (const shown of document.querySelectorAll("[data-passkey-shown]")) shown.hidden = false;
    for (const gone of document.querySelectorAll("[data-passkey-missing]")) gone.hidden = true;
  }
})();
