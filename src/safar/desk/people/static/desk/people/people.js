// Asks who answers for a child as soon as the birth says that it is one; the server asks in any case.
document.querySelectorAll("[data-minor]").forEach((part) => {
  const form = part.closest("form");
  const [year, month, day] = part.dataset.today.split("-").map(Number);
  const control = (name) => form.elements[`${part.dataset.minor}${name}`];
  const number = (name) => Number(control(name)?.value.trim() || 0);

  function isChild() {
    const born = number("birth_year");
    if (!born) return control("age_band")?.value === "u18";
    if (born < 1900 || born > year) return false;
    const bornMonth = number("birth_month");
    const before = bornMonth && (bornMonth > month || (bornMonth === month && (number("birth_day") || 1) > day));
    return year - born - (before ? 1 : 0) < 18;
  }

  form.addEventListener("input", () => (part.hidden = !isChild()));
});

// On a phone the look-alikes stand under the form: the word about them goes when they come into sight.
const alike = document.getElementById("alike");
if (alike) new IntersectionObserver(([entry]) => alike.toggleAttribute("data-seen", entry.isIntersecting)).observe(alike);
