/**
 * What the browser's own controls are to look like on a ground.
 * @param ground as `getComputedStyle` tells colours: `rgb(32, 31, 30)`, `rgba(0, 0, 0, 0)`
 */
export function colorScheme(ground: string): "light" | "dark" {
  const [red = 255, green = 255, blue = 255, alpha = 1] = [...ground.matchAll(/[\d.]+/g)].map(
    Number,
  );
  // A ground that is not there lets the browser's own through, which is white.
  if (alpha === 0) return "light";
  const brightness = 0.299 * red + 0.587 * green + 0.114 * blue;
  return brightness < 128 ? "dark" : "light";
}
