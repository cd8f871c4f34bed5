// Symbols in pictures: the browser's own reader where it has one, else the one that came with this page (qr, vendored).

const LARGEST_SIDE = 3840;

let native;

/** The browser's own detector, or null. */
async function nativeDetector() {
  if (native === undefined) {
    const formats = "BarcodeDetector" in globalThis ? await globalThis.BarcodeDetector.getSupportedFormats() : [];
    native = formats.includes("qr_code") ? new globalThis.BarcodeDetector({ formats: ["qr_code"] }) : null;
  }
  return native;
}

export const hasNative = async () => (await nativeDetector()) !== null;

/** The pixels of a picture, made smaller where it is larger than the reader takes. */
function pixels(picture, width, height) {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

async function withOurs(image, options) {
  const { decodeQRBatch } = await import("/verifier/decode.js");
  const [found] = await decodeQRBatch([image], { maxSize: { width: image.width, height: image.height }, ...options });
  return found.filter((text) => typeof text === "string");
}

/** The codes in a photograph or scan, each once. Nothing is thrown where there is none. */
export async function codesInPicture(file) {
  const picture = await createImageBitmap(file);
  try {
    const detector = await nativeDetector();
    const found = detector === null ? [] : (await detector.detect(picture)).map((each) => each.rawValue);
    // A page with two symbols may give its second to the other reader.
    const more = found.length >= 2 ? [] : await withOurs(pixels(picture, picture.width, picture.height), {});
    return [...new Set([...found, ...more])];
  } finally {
    picture.close();
  }
}

/** The codes that the camera sees at this moment. */
export async function codesInFrame(video) {
  if (video.readyState < 2) return [];
  const detector = await nativeDetector();
  if (detector !== null) return (await detector.detect(video)).map((each) => each.rawValue);
  return withOurs(pixels(video, video.videoWidth, video.videoHeight), { timeLimit: 400 });
}
