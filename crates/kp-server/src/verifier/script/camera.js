// The camera: its picture is looked at again and again, until enough was seen or it is stopped. Nothing of it is kept or sent.

import { codesInFrame } from "./symbols.js";

const WANTED = { video: { facingMode: "environment", width: { ideal: 1920 }, height: { ideal: 1080 } } };

export class Camera {
  #video;
  #seen;
  #stream = null;
  #isStopped = false;
  #known = new Set();

  /** Shows itself in `video`. `seen` is given codes that were not seen before, and says whether that was enough. */
  constructor(video, seen) {
    this.#video = video;
    this.#seen = seen;
  }

  /** Looks until it is stopped. Throws where there is no camera, or it may not be used. */
  async start() {
    this.#stream = await navigator.mediaDevices.getUserMedia(WANTED);
    // Whoever was asked for the camera may have gone on meanwhile.
    if (this.#isStopped) return this.stop();
    this.#video.srcObject = this.#stream;
    await this.#video.play();
    await this.#look();
  }

  async #look() {
    while (!this.#isStopped) {
      const codes = await codesInFrame(this.#video);
      if (this.#isStopped) return;
      const fresh = codes.filter((code) => !this.#known.has(code));
      for (const code of fresh) this.#known.add(code);
      if (fresh.length > 0 && (await this.#seen(fresh))) this.stop();
      await new Promise((next) => requestAnimationFrame(next));
    }
  }

  stop() {
    this.#isStopped = true;
    if (this.#stream === null) return;
    this.#stream.getTracks().forEach((track) => track.stop());
    // Another may be shown there by now.
    if (this.#video.srcObject === this.#stream) this.#video.srcObject = null;
    this.#stream = null;
  }
}
