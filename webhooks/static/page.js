// The typed conversation. What was said outlives a reload, until the tab closes.

import { Agent, Trouble } from "./agent.js";

const WORDS = {
  offline: "You are offline. Your message is kept.",
  unreachable: "We cannot be reached just now. Your message is kept.",
  busy: "That was a little fast. Your message is kept.",
  cut: "The answer broke off.",
  failed: "Something went wrong at our end. Your message is kept.",
  unanswered: "Your last message has no answer yet.",
};

const log = document.getElementById("log");
const starters = document.getElementById("starters");
const trouble = document.getElementById("trouble");
const composer = document.getElementById("composer");
const field = document.getElementById("words");
const send = document.getElementById("send");

const organisation = document.body.dataset.organisation;
const shelf = `ringbook:${organisation}`;
const opening = [...log.querySelectorAll("[data-opening] > span:last-child")]
  .map((part) => part.textContent)
  .join(" ");

let saved = null;
try {
  saved = JSON.parse(sessionStorage.getItem(shelf));
} catch {
  saved = null;
}
const agent = new Agent(organisation, saved?.agent);
/** What was said after the greeting: {who: "caller" | "us", text}. */
const lines = saved?.lines ?? [];
let waiting = false;
let leaving = false;
let lastKind = null;
let countdown = 0;

function keep() {
  if (leaving) return;
  try {
    const { token, callId } = agent;
    sessionStorage.setItem(shelf, JSON.stringify({ lines, agent: { token, callId } }));
  } catch {
    // Storage may be full or forbidden: the conversation then lasts as long as the page.
  }
}

function messages() {
  const roles = { caller: "user", us: "assistant" };
  return [
    { role: "assistant", content: opening },
    ...lines.map(({ who, text }) => ({ role: roles[who], content: text })),
  ];
}

function addLine(who) {
  const line = document.createElement("p");
  line.className = `line ${who}`;
  const speaker = document.createElement("span");
  speaker.className = "who";
  speaker.textContent = who === "caller" ? "You say: " : "We say: ";
  line.append(speaker);
  log.append(line);
  starters.hidden = true;
  return line;
}

function addWords(line, text) {
  const words = document.createElement("span");
  words.textContent = text;
  line.append(words);
  showEnd();
}

/** The footer sticks to the end: the page itself scrolls, so that nothing hides behind it. */
function showEnd() {
  window.scrollTo(0, document.body.scrollHeight);
}

function setWaiting(value) {
  waiting = value;
  send.disabled = value;
  log.setAttribute("aria-busy", String(value));
}

function showTrouble(kind, seconds = 0) {
  lastKind = kind;
  const words = document.createElement("span");
  words.textContent = WORDS[kind];
  const retry = document.createElement("button");
  retry.type = "button";
  retry.addEventListener("click", ask);
  trouble.replaceChildren(words, retry);
  count(retry, seconds);
  showEnd();
}

function count(retry, seconds) {
  retry.disabled = seconds > 0;
  retry.textContent = seconds > 0 ? `Try again in ${seconds} s` : "Try again";
  if (seconds > 0) countdown = setTimeout(() => count(retry, seconds - 1), 1000);
}

function clearTrouble() {
  lastKind = null;
  clearTimeout(countdown);
  trouble.replaceChildren();
}

async function ask() {
  if (waiting) return;
  setWaiting(true);
  clearTrouble();
  const asked = log.lastElementChild;
  asked.classList.remove("unanswered");
  const line = addLine("us");
  line.classList.add("waiting");
  addWords(line, "");
  let text = "";
  try {
    for await (const words of agent.answer(messages())) {
      addWords(line, words);
      text += words;
    }
    if (!text.trim()) throw new Trouble("cut");
    lines.push({ who: "us", text: text.trim() });
  } catch (error) {
    line.remove();
    asked.classList.add("unanswered");
    showTrouble(error.kind ?? "failed", error.seconds);
    if (!(error instanceof Trouble)) console.error(error);
  } finally {
    line.classList.remove("waiting");
    setWaiting(false);
    keep();
  }
}

function say(text) {
  const words = text.trim();
  if (waiting || !words) return;
  lines.push({ who: "caller", text: words });
  addWords(addLine("caller"), words);
  keep();
  void ask();
}

function submit() {
  const words = field.value;
  if (waiting || !words.trim()) return;
  field.value = "";
  fit();
  say(words);
  field.focus();
}

function fit() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
field.addEventListener("input", fit);
field.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
starters.addEventListener("click", (event) => {
  if (event.target instanceof HTMLButtonElement) say(event.target.textContent);
});
document.getElementById("again").addEventListener("click", () => {
  leaving = true;
  sessionStorage.removeItem(shelf);
  location.reload();
});
window.addEventListener("online", () => {
  if (lastKind === "offline") void ask();
});

for (const { who, text } of lines) addWords(addLine(who), text);
if (lines.at(-1)?.who === "caller") {
  log.lastElementChild.classList.add("unanswered");
  showTrouble("unanswered");
}
if (matchMedia("(pointer: fine)").matches) field.focus();
