// Starts the worker and says truthfully how things stand: with or without network, kept on this device or not.
const box = document.querySelector("[data-field]");

if (box) {
  const show = (name, choice) => {
    for (const line of box.querySelectorAll(`[data-${name}]`)) line.hidden = line.getAttribute(`data-${name}`) !== choice;
  };
  const network = () => show("network", navigator.onLine ? "on" : "off");
  addEventListener("online", network);
  addEventListener("offline", network);
  network();
  if ("serviceWorker" in navigator) {
    navigator.serviceWorker
      .register(box.dataset.field, { scope: box.dataset.scope })
      .then(() => navigator.serviceWorker.ready)
      .then(() => show("kept", "yes"))
      .catch(() => show("kept", navigator.onLine ? "failed" : "no"));
  } else {
    show("kept", "failed");
  }
}

document.querySelector("[data-print]")?.addEventListener("click", () => print());
