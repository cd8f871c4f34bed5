// Symbols in pictures: the browser's own reader where it has one, else the one that came with this page (qr, vendored).

import { decodeQRBatch } from "./decode.js";

/** The vendored reader takes no larger pictures. */
const LARGEST_SIDE = 4096;
/** Of a photograph, how often as large it is looked at: as it is, then larger where symbols are small in it, then smaller. */
const SIZES = [1, 2, 0.5];
/** A photograph may take seconds, a frame of the camera may not. */
const PATIENT = { effort: 64, timeLimit: 3000 };
const HASTY = { timeLimit: 400 };

let native;

/** The browser's own detector, or null. */
async function nativeDetector() {
  if (native === undefined) {
    const formats = "BarcodeDetector" in globalThis ? await globalThis.BarcodeDetector.getSupportedFormats() : [];
    native = formats.includes("qr_code") ? new globalThis.BarcodeDetector({ formats: ["qr_code"] }) : null;
  }
  return native;
}

/** The pixels of a picture so many times as large, but never larger than the reader takes. */
function pixels(picture, width, height, size = 1) {
  const scale = Math.min(size, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function withOurs(image, options) {
  const [found] = await decodeQRBatch([image], { maxSize: { width: image.width, height: image.height }, ...options });
  return found.filter((text) => typeof text === "string");
}

/** The codes in a photograph or scan, each once. Nothing is thrown where there is none. */
export async function codesInPicture(file) {
  const picture = await createImageBitmap(file);
  try {
    const detector = await nativeDetector();
    const found = new Set(detector === null ? [] : (await detector.detect(picture)).map((each) => each.rawValue));
    // A paper has two symbols; where one is missing, the other reader and other sizes are tried.
    for (const size of SIZES) {
      if (found.size >= 2) break;
      for (const code of await withOurs(pixels(picture, picture.width, picture.height, size), PATIENT)) found.add(code);
    }
    return [...found];
  } finally {
    picture.close();
  }
}

/** The codes that the camera sees at this moment. */
export async function codesInFrame(video) {
  if (video.readyState < 2) return [];
  const detector = await nativeDetector();
  if (detector !== null) return (await detector.detect(video)).map((each) => each.rawValue);
  return withOurs(pixels(video, video.videoWidth, video.videoHeight), HASTY);
}
