// Ticking all findings on the page, and how many are ticked.

const all = document.querySelector("[data-all]");
const count = document.querySelector("[data-count]");
const boxes = [...document.querySelectorAll("input[name=findings]")];

function tell() {
  const chosen = boxes.filter((box) => box.checked).length;
  count.textContent = chosen ? `${chosen} valda` : "";
  all.querySelector("input").checked = chosen === boxes.length;
  all.querySelector("input").indeterminate = chosen > 0 && chosen < boxes.length;
}

if (all) {
  all.hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const box of boxes) box.checked = event.target.checked;
    tell();
  });
  for (const box of boxes) box.addEventListener("change", tell);
  tell();
}
