/**
 * The shape of JSON: its keys, and the kinds of its values. Texts are alike, whatever they say, and
 * so are lists of texts, however long.
 */
export function shapeOfJson(value: unknown): unknown {
  if (Array.isArray(value)) {
    const shapes = value.map(shapeOfJson);
    return shapes.every((shape) => shape === 'text') ? ['text'] : shapes;
  }
  if (typeof value === 'string') return 'text';
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).map(([key, each]) => [key, shapeOfJson(each)]);
}
