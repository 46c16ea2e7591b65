// Draws images/icon.png (128 px) and images/task.png (32 px): a current that passes a gate.
// Run it again after a change: `npx tsx scripts/draw-icons.ts`.
import { writeFileSync } from "node:fs";
import { crc32, deflateSync } from "node:zlib";

type Colour = readonly [red: number, green: number, blue: number, alpha: number];

const blue: Colour = [0, 90, 158, 255];
const white: Colour = [255, 255, 255, 255];
const clear: Colour = [0, 0, 0, 0];
const samples = 4;

/** What lies at a point of the unit square. */
function colourAt(x: number, y: number): Colour {
  if (!insideRounded(x, y)) return clear;
  const post = Math.abs(x - 0.34) < 0.045 || Math.abs(x - 0.66) < 0.045;
  const wave = 0.5 + 0.06 * Math.sin((x - 0.1) * Math.PI * 2.5);
  const current = x > 0.1 && x < 0.78 && Math.abs(y - wave) < 0.055;
  const head = x >= 0.74 && x < 0.92 && Math.abs(y - 0.5) < (0.92 - x) * 0.95;
  if (current || head) return white;
  const gap = Math.abs(y - 0.5) < 0.14;
  return post && y > 0.18 && y < 0.82 && !gap ? white : blue;
}

function insideRounded(x: number, y: number): boolean {
  const radius = 0.18;
  const dx = Math.max(radius - x, x - (1 - radius), 0);
  const dy = Math.max(radius - y, y - (1 - radius), 0);
  return Math.hypot(dx, dy) <= radius;
}

function pixel(x: number, y: number, size: number): Colour {
  let [red, green, blueSum, alpha] = [0, 0, 0, 0];
  for (let at = 0; at < samples * samples; at += 1) {
    const dx = ((at % samples) + 0.5) / samples;
    const dy = (Math.floor(at / samples) + 0.5) / samples;
    const [r, g, b, a] = colourAt((x + dx) / size, (y + dy) / size);
    red += r * a;
    green += g * a;
    blueSum += b * a;
    alpha += a;
  }
  const of = (sum: number) => (alpha === 0 ? 0 : Math.round(sum / alpha));
  return [of(red), of(green), of(blueSum), Math.round(alpha / (samples * samples))];
}

function png(size: number): Buffer {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1) rows.set(pixel(x, y, size), y * (size * 4 + 1) + 1 + x * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}

writeFileSync("images/icon.png", png(128));
writeFileSync("images/task.png", png(32));
