// Runs beside the audio: what the microphone hears, as 24 kHz PCM in frames of 20 ms.

const LINE_RATE = 24000;
const FRAME = 480;
/** Half the length of the filter, in samples of the lower rate. */
const REACH = 12;
/** Places of the filter that are worked out beforehand, between two samples of the microphone. */
const FINENESS = 256;

class Microphone extends AudioWorkletProcessor {
  #step = sampleRate / LINE_RATE;
  /** The filter passes what the lower of both rates can carry. */
  #cut = Math.min(1, LINE_RATE / sampleRate) * 0.94;
  #half = Math.ceil(REACH / this.#cut);
  #filter = Float32Array.from({ length: this.#half * FINENESS + 2 }, (_, place) => {
    return this.#weight(place / FINENESS);
  });
  #heard = new Float32Array(2 * this.#half);
  #at = this.#half;
  #frame = new Int16Array(FRAME);
  #filled = 0;
  #power = 0;

  process([[samples]]) {
    if (!samples) return true;
    const heard = new Float32Array(this.#heard.length + samples.length);
    heard.set(this.#heard);
    heard.set(samples, this.#heard.length);
    while (this.#at + this.#half < heard.length) {
      this.#put(this.#between(heard, this.#at));
      this.#at += this.#step;
    }
    const past = Math.max(0, Math.floor(this.#at) - this.#half);
    this.#heard = heard.slice(past);
    this.#at -= past;
    return true;
  }

  /** How much a sample counts at this distance, in samples: a sinc, faded by a Hann window. */
  #weight(distance) {
    if (distance >= this.#half) return 0;
    const x = Math.PI * distance * this.#cut;
    const sinc = x === 0 ? 1 : Math.sin(x) / x;
    return this.#cut * sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / this.#half));
  }

  /** The sound at a place between samples. */
  #between(heard, at) {
    let sum = 0;
    const last = Math.floor(at + this.#half);
    for (let i = Math.ceil(at - this.#half); i <= last; i += 1) {
      const place = Math.abs(at - i) * FINENESS;
      const whole = Math.floor(place);
      const before = this.#filter[whole];
      sum += heard[i] * (before + (place - whole) * (this.#filter[whole + 1] - before));
    }
    return sum;
  }

  #put(sample) {
    const clipped = Math.max(-1, Math.min(1, sample));
    this.#frame[this.#filled] = Math.round(clipped * 32767);
    this.#power += clipped * clipped;
    this.#filled += 1;
    if (this.#filled < FRAME) return;
    const level = Math.sqrt(this.#power / FRAME);
    this.port.postMessage({ pcm: this.#frame.buffer, level }, [this.#frame.buffer]);
    this.#frame = new Int16Array(FRAME);
    this.#filled = 0;
    this.#power = 0;
  }
}

registerProcessor("microphone", Microphone);
