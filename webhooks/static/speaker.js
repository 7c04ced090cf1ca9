// Runs beside the audio: plays what comes, and tells how much of each item was heard.

/** How often it tells, in blocks of 128 samples: about every 50 ms at 24 kHz. */
const TELL_EVERY = 9;

class Speaker extends AudioWorkletProcessor {
  /** What waits: {item, samples}. */
  #waiting = [];
  #at = 0;
  #item = null;
  /** Samples played of the item, and samples done with since the call began, played or dropped. */
  #played = 0;
  #spent = 0;
  #blocks = 0;
  #quiet = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data.clear) this.#clear();
      else this.#waiting.push(data);
    };
  }

  process(_, [[out]]) {
    let filled = 0;
    while (filled < out.length && this.#waiting.length > 0) {
      const { item, samples } = this.#waiting[0];
      if (item !== this.#item) {
        this.#item = item;
        this.#played = 0;
      }
      const piece = samples.subarray(this.#at, this.#at + out.length - filled);
      out.set(piece, filled);
      filled += piece.length;
      this.#at += piece.length;
      this.#played += piece.length;
      this.#spent += piece.length;
      if (this.#at === samples.length) {
        this.#waiting.shift();
        this.#at = 0;
      }
    }
    this.#blocks += 1;
    const quiet = filled === 0;
    if (quiet !== this.#quiet || (!quiet && this.#blocks >= TELL_EVERY)) this.#tell();
    this.#quiet = quiet;
    return true;
  }

  #clear() {
    const left = this.#waiting.reduce((sum, { samples }) => sum + samples.length, -this.#at);
    this.#spent += this.#waiting.length > 0 ? left : 0;
    this.#waiting = [];
    this.#at = 0;
    this.#tell(true);
  }

  #tell(cleared = false) {
    this.#blocks = 0;
    const milliseconds = Math.floor((this.#played * 1000) / sampleRate);
    this.port.postMessage({ item: this.#item, milliseconds, spent: this.#spent, cleared });
  }
}

registerProcessor("speaker", Speaker);
