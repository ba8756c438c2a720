// Boxes over the picture of a page, where the service says that assignment, light and evidence stand.

const SVG = "http://www.w3.org/2000/svg";
const ORDER = ["assignment", "light", "evidence"];
const MARGIN = 1.5;

function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function draw(sheet, page) {
  const svg = element("svg", { viewBox: `0 0 ${page.width} ${page.height}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const boxes = [...page.boxes].sort((one, other) => ORDER.indexOf(one.what) - ORDER.indexOf(other.what));
  for (const { what, bbox: [x0, top, x1, bottom] } of boxes) {
    const size = { width: x1 - x0 + 2 * MARGIN, height: bottom - top + 2 * MARGIN };
    svg.append(element("rect", { class: `box ${what}`, x: x0 - MARGIN, y: top - MARGIN, rx: 2, ...size }));
  }
  sheet.append(svg);
  return boxes;
}

function scrollTo(leaf, boxes, page) {
  const tops = boxes.map((one) => one.bbox[1]);
  if (tops.length) leaf.scrollTop = (Math.min(...tops) / page.height) * leaf.scrollHeight - 60;
}

async function show(sheet) {
  const figure = sheet.closest("figure"), leaf = sheet.parentElement, image = sheet.querySelector("img");
  try {
    await image.decode();
  } catch {
    leaf.hidden = true;
    figure.querySelector("[data-no-picture]").hidden = false;
    return;
  }
  const answer = await fetch(sheet.dataset.boxes);
  if (!answer.ok) return;
  const page = await answer.json();
  const boxes = draw(sheet, page);
  figure.querySelector("[data-box-key]").hidden = boxes.length === 0;
  scrollTo(leaf, boxes, page);
}

// The next finding's page is drawn by the server while this one is read.
function warm() {
  const next = document.querySelector("[data-next]");
  if (next) new Image().src = next.dataset.next;
}

await Promise.all([...document.querySelectorAll("[data-boxes]")].map(show));
warm();
