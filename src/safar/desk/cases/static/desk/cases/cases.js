// Comforts of the contact page: Ctrl + Enter saves, and typing starts at the topic once somebody is chosen.
const form = document.querySelector("form[data-save-keys]");
form?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[accesskey='s']"));
  }
});
if (!form?.querySelector("[autofocus]")) form?.querySelector("[data-start] select")?.focus();
