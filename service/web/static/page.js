// Keys, what a screen reader is told on arrival, and links that open what is folded. The pages work without it.

const OFF = "ljuskoll-tangenter-av";
const FIELDS = "input, select, textarea, [contenteditable]";
const status = document.getElementById("upplasning");
let leaving = false;

function isOff() {
  try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
}

function setOff(off) {
  try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* a browser that keeps nothing */ }
  document.body.classList.toggle("keys-off", off);
}

export function say(text) {
  status.textContent = "";
  setTimeout(() => { status.textContent = text; }, 100);
}

function reveal(target) {
  for (let at = target; at; at = at.parentElement) if (at instanceof HTMLDetailsElement) at.open = true;
  target.scrollIntoView({ block: "center" });
  (target.matches(FIELDS) ? target : target.querySelector("input:not([type=hidden]), select, textarea"))?.focus({ preventScroll: true });
}

function press(key) {
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.checkVisibility());
  if (!found) return false;
  if ("toggle" in found.dataset) {
    const details = found.parentElement;
    details.open = !details.open;
    (details.open ? details.querySelector("textarea, .choices button, .choices a") : found).focus({ preventScroll: true });
  } else if (!leaving) {
    found.click();
  }
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector(".decide details[open]");
    if (open) { open.open = false; open.querySelector("summary").focus(); } else if (event.target.matches(FIELDS)) event.target.blur();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isOff()) return;
  if (event.target.matches(FIELDS) || document.querySelector("dialog[open]")) return;
  if (press(event.key.toLowerCase())) event.preventDefault();
});

document.addEventListener("submit", () => { leaving = true; });
addEventListener("pageshow", () => { leaving = false; });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-dialog], a[href^='#']");
  if (!link) return;
  if (link.dataset.dialog) {
    event.preventDefault();
    document.getElementById(link.dataset.dialog).showModal();
    return;
  }
  const target = document.getElementById(link.hash.slice(1));
  if (!target?.closest("details")) return;
  event.preventDefault();
  link.closest("details[name]")?.removeAttribute("open");
  reveal(target);
});

const box = document.getElementById("tangenter-av");
if (box) {
  box.checked = isOff();
  box.addEventListener("change", () => setOff(box.checked));
}
setOff(isOff());

const alert = document.querySelector(".alert");
const hashed = document.getElementById(location.hash.slice(1));
if (hashed?.closest("details")) reveal(hashed);
else if (alert) { alert.tabIndex = -1; alert.focus(); }
else if (document.getElementById("rubrik")) document.getElementById("rubrik").focus({ preventScroll: true });
const told = document.getElementById("besked");
if (told) say(told.textContent);
