// Counting by touch: + and − change the number at once; without this file each press sends the form instead.
for (const form of document.querySelectorAll("form[data-tally]")) {
  const sum = form.querySelector("[data-tally-sum]");
  const numbers = [...form.querySelectorAll("input[name^='n_']")];
  const read = (input) => (/^\d+$/.test(input.value.trim()) ? Number(input.value.trim()) : 0);
  const total = () => (sum.value = numbers.reduce((all, input) => all + read(input), 0));

  form.addEventListener("click", (event) => {
    const press = event.target.closest("[data-bump]");
    if (!press) return;
    event.preventDefault();
    const input = form.elements[press.value.slice(1)];
    input.value = Math.max(read(input) + Number(press.dataset.bump), 0);
    total();
  });
  form.addEventListener("input", total);
}
