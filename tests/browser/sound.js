// In the page before its own scripts: a microphone that hears what a test says, and ears at the
// loudspeaker.

(() => {
  const devices = navigator.mediaDevices;
  const ask = devices?.getUserMedia.bind(devices);
  const connect = AudioNode.prototype.connect;
  const heard = [];
  window.test = { wanted: null, tracks: [], say: null, blocks: 0, heardSoFar, hear };

  if (devices) {
    devices.getUserMedia = async (wanted) => {
      test.wanted = wanted;
      await ask(wanted);
      const context = new AudioContext();
      const microphone = context.createMediaStreamDestination();
      test.tracks.push(...microphone.stream.getTracks());
      test.say = async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const source = context.createBufferSource();
        source.buffer = await context.decodeAudioData(bytes.buffer);
        source.connect(microphone);
        const said = new Promise((resolve) => source.addEventListener("ended", resolve));
        source.start();
        await said;
      };
      return microphone.stream;
    };
  }

  AudioNode.prototype.connect = function (...to) {
    if (to[0] instanceof AudioDestinationNode) {
      const ear = this.context.createScriptProcessor(1024, 1, 1);
      ear.addEventListener("audioprocess", ({ inputBuffer }) => {
        const samples = Float32Array.from(inputBuffer.getChannelData(0));
        heard.push(samples);
        if (samples.some((sample) => Math.abs(sample) > 0.01)) test.blocks += 1;
      });
      connect.call(this, ear);
      connect.call(ear, to[0]);
    }
    return connect.apply(this, to);
  };

  /** Until so many more blocks of 1024 samples were not silent. */
  async function hear(blocks) {
    const enough = test.blocks + blocks;
    while (test.blocks < enough) await new Promise(requestAnimationFrame);
  }

  /** All samples, as base64 of 32-bit floats. */
  async function heardSoFar() {
    const reader = new FileReader();
    const read = new Promise((resolve) => reader.addEventListener("load", resolve));
    reader.readAsDataURL(new Blob(heard));
    await read;
    return reader.result.split(",")[1] ?? "";
  }
})();
