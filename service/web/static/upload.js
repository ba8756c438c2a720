// Files sent one by one, dropped or chosen, each with its progress until it has been read.

const WORDS = {
  waiting: "Väntar på att läsas", working: "Läses", done: "Läst", known: "Fanns redan", failed: "Kunde inte läsas",
  large: "Filen är för stor", lost: "Servern svarar inte. Försök igen.",
};
const AT_ONCE = 2;
const at = (path) => new URL(`../${path}`, import.meta.url).href;
const form = document.querySelector("[data-upload]");
const list = form?.querySelector("[data-files]");

function line(file) {
  const item = document.createElement("li"), name = document.createElement("span");
  const bar = document.createElement("progress"), state = document.createElement("span");
  name.textContent = file.name;
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", `${file.name}, skickat`);
  item.append(name, bar, state);
  list.append(item);
  return { name, bar, tell: (text) => { state.textContent = text; } };
}

function send(file, fields, bar) {
  const body = new FormData();
  for (const [key, value] of fields) if (value) body.append(key, value);
  body.append("file", file);
  const request = new XMLHttpRequest();
  request.open("POST", at("api/v1/documents"));
  request.setRequestHeader("X-CSRF-Token", form.elements.csrf.value);
  request.responseType = "json";
  request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) bar.value = event.loaded / event.total; });
  return new Promise((resolve) => {
    request.addEventListener("loadend", () => resolve({ status: request.status, answer: request.response }));
    request.send(body);
  });
}

async function wait(job, tell) {
  for (let pause = 400; ; pause = Math.min(4000, pause * 1.3)) {
    const answer = await fetch(at(`api/v1/jobs/${job}`));
    if (!answer.ok) return tell(WORDS.lost);
    const { state, message } = await answer.json();
    tell(message ? `${WORDS[state]}: ${message}` : WORDS[state]);
    if (state === "done" || state === "failed") return undefined;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
  }
}

async function take(file, fields, { name, bar, tell }) {
  if (file.size > Number(form.dataset.most)) return tell(WORDS.large);
  const { status, answer } = await send(file, fields, bar);
  if (status < 200 || status > 299) return tell(answer?.error?.message ?? WORDS.lost);
  bar.value = 1;
  const link = document.createElement("a");
  link.href = at(`dokument/${answer.document}`);
  link.textContent = file.name;
  name.replaceChildren(link);
  return answer.job === null ? tell(WORDS.known) : wait(answer.job, tell);
}

async function takeAll(files) {
  const fields = ["municipality", "period"].map((name) => [name, form.elements[name].value]);
  const waiting = [...files].map((file) => [file, line(file)]);
  form.elements.file.value = "";
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await take(next[0], fields, next[1]);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

if (form) {
  form.querySelector("[data-hint]").hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    takeAll(form.elements.file.files);
  });
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("over"); });
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    takeAll(event.dataTransfer.files);
  });
}
