// What was said, on the page; it outlives a reload, until the tab closes.

const ROLES = { caller: "user", us: "assistant" };
const SPEAKERS = { caller: "You say: ", us: "We say: " };

export class Transcript {
  #log;
  #starters;
  #scroller;
  #shelf;
  #opening;
  /** What was said after the greeting: {who: "caller" | "us", text}. */
  #lines = [];
  /** The agent as it was kept. */
  agent = null;

  /** `part` finds an element of conversation.html; `scroller` scrolls them all. */
  constructor(part, scroller) {
    this.#log = part("log");
    this.#starters = part("starters");
    this.#scroller = scroller;
    this.#shelf = `ringbook:${part("conversation").dataset.organisation}`;
    const opening = this.#log.querySelectorAll("[data-opening] > span:last-child");
    this.#opening = [...opening].map(({ textContent }) => textContent).join(" ");
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#shelf));
      this.#lines = kept?.lines ?? [];
      this.agent = kept?.agent ?? null;
    } catch {
      // Storage may be forbidden, or hold what another release left there.
    }
    for (const { who, text } of this.#lines) this.addWords(this.addLine(who), text);
  }

  get isAnswered() {
    return this.#lines.at(-1)?.who !== "caller";
  }

  get lastLine() {
    return this.#log.lastElementChild;
  }

  /** As the agent is told it. */
  get messages() {
    return [
      { role: "assistant", content: this.#opening },
      ...this.#lines.map(({ who, text }) => ({ role: ROLES[who], content: text })),
    ];
  }

  keep({ token, callId }) {
    try {
      const kept = { lines: this.#lines, agent: { token, callId } };
      sessionStorage.setItem(this.#shelf, JSON.stringify(kept));
    } catch {
      // Storage may be full or forbidden: the conversation then lasts as long as the page.
    }
  }

  /** The line is complete. */
  said(who, text) {
    this.#lines.push({ who, text: text.trim() });
  }

  addLine(who) {
    const line = document.createElement("p");
    line.className = `line ${who}`;
    const speaker = document.createElement("span");
    speaker.className = "who";
    speaker.textContent = SPEAKERS[who];
    line.append(speaker);
    this.#log.append(line);
    this.#starters.hidden = true;
    return line;
  }

  addWords(line, text) {
    const words = document.createElement("span");
    words.textContent = text;
    line.append(words);
    this.showEnd();
  }

  replaceWords(line, text) {
    for (const words of line.querySelectorAll("span:not(.who)")) words.remove();
    this.addWords(line, text);
  }

  /** The footer sticks to the end: all scrolls, so that nothing hides behind it. */
  showEnd() {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  clear() {
    this.#lines = [];
    for (const line of this.#log.querySelectorAll(".line:not([data-opening])")) line.remove();
    this.#starters.hidden = false;
  }
}
