// One conversation, typed or spoken, in the page or in the widget.

import { Agent, Trouble } from "./agent.js";
import { Talking } from "./talking.js";
import { Transcript } from "./transcript.js";

const TROUBLE = {
  offline: "You are offline. Your message is kept.",
  unreachable: "We cannot be reached just now. Your message is kept.",
  busy: "That was a little fast. Your message is kept.",
  cut: "The answer broke off.",
  failed: "Something went wrong at our end. Your message is kept.",
  unanswered: "Your last message has no answer yet.",
};

export class Conversation {
  #part;
  #transcript;
  #agent;
  #talking;
  #waiting = false;
  #lastTrouble = null;
  #countdown = 0;

  /** `root` holds the elements of conversation.html; `scroller` scrolls them. */
  constructor(root, scroller) {
    this.#part = (id) => root.getElementById(id);
    this.#transcript = new Transcript(this.#part, scroller);
    const { organisation } = this.#part("conversation").dataset;
    this.#agent = new Agent(organisation, this.#transcript.agent ?? {});
    this.#talking = new Talking(this.#part, this.#agent, this.#transcript);
    this.#listen();
    if (!this.#transcript.isAnswered) this.#showUnanswered("unanswered");
  }

  focus() {
    this.#part("words").focus();
  }

  /** Tells of each call that begins (true) and ends (false). */
  set onCall(tell) {
    this.#talking.addEventListener("began", () => tell(true));
    this.#talking.addEventListener("ended", () => tell(false));
  }

  // Typing.

  #say(text) {
    const words = text.trim();
    if (this.#waiting || !words) return;
    this.#transcript.said("caller", words);
    this.#transcript.addWords(this.#transcript.addLine("caller"), words);
    this.#transcript.keep(this.#agent);
    if (this.#talking.isOn) this.#talking.type(words);
    else void this.#ask();
  }

  async #ask() {
    if (this.#waiting) return;
    this.#setWaiting(true);
    this.#clearTrouble();
    const asked = this.#transcript.lastLine;
    asked.classList.remove("unanswered");
    const line = this.#transcript.addLine("us");
    line.classList.add("waiting");
    this.#transcript.addWords(line, "");
    let text = "";
    try {
      for await (const words of this.#agent.answer(this.#transcript.messages)) {
        this.#transcript.addWords(line, words);
        text += words;
      }
      if (!text.trim()) throw new Trouble("cut");
      this.#transcript.said("us", text);
    } catch (error) {
      line.remove();
      this.#showUnanswered(error.kind ?? "failed", error.seconds);
      if (!(error instanceof Trouble)) console.error(error);
    } finally {
      line.classList.remove("waiting");
      this.#setWaiting(false);
      this.#transcript.keep(this.#agent);
    }
  }

  #setWaiting(value) {
    this.#waiting = value;
    this.#part("send").disabled = value;
    this.#part("talk").disabled = value;
    this.#part("log").setAttribute("aria-busy", String(value));
  }

  #submit() {
    const field = this.#part("words");
    const words = field.value;
    if (this.#waiting || !words.trim()) return;
    field.value = "";
    this.#fit();
    this.#say(words);
    field.focus();
  }

  #fit() {
    const field = this.#part("words");
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight}px`;
  }

  // Trouble.

  #showUnanswered(kind, seconds = 0) {
    this.#transcript.lastLine.classList.add("unanswered");
    this.#lastTrouble = kind;
    const retry = document.createElement("button");
    retry.type = "button";
    retry.addEventListener("click", () => void this.#ask());
    this.#tellTrouble(TROUBLE[kind], retry);
    this.#count(retry, seconds);
  }

  #tellTrouble(text, ...more) {
    const words = document.createElement("span");
    words.textContent = text;
    this.#part("trouble").replaceChildren(words, ...more);
    this.#transcript.showEnd();
  }

  #count(retry, seconds) {
    retry.disabled = seconds > 0;
    retry.textContent = seconds > 0 ? `Try again in ${seconds} s` : "Try again";
    if (seconds > 0) this.#countdown = setTimeout(() => this.#count(retry, seconds - 1), 1000);
  }

  #clearTrouble() {
    this.#lastTrouble = null;
    clearTimeout(this.#countdown);
    this.#part("trouble").replaceChildren();
  }

  #startAgain() {
    this.#talking.hangUp();
    this.#agent.forgetCall();
    this.#transcript.clear();
    this.#clearTrouble();
    this.#transcript.keep(this.#agent);
    this.focus();
  }

  #listen() {
    const field = this.#part("words");
    this.#part("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    field.addEventListener("input", () => this.#fit());
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#part("starters").addEventListener("click", (event) => {
      if (event.target instanceof HTMLButtonElement) this.#say(event.target.textContent);
    });
    this.#talking.addEventListener("began", () => this.#clearTrouble());
    this.#talking.addEventListener("ended", ({ detail }) => {
      if (detail.trouble) this.#tellTrouble(detail.trouble);
    });
    this.#part("again").addEventListener("click", () => {
      if (!this.#waiting) this.#startAgain();
    });
    window.addEventListener("online", () => {
      if (this.#lastTrouble === "offline") void this.#ask();
    });
  }
}
