/** How many colours series have; `--series-1` and so on. */
const colourCount = 8;

const typeColours: Readonly<Record<string, string>> = {
  session: '--session',
  model: '--model',
  tool: '--tool',
  chain: '--chain',
};

/**
 * A colour for each name, as the name of a CSS property: always the same for a name, so that one knows it again in the
 * next chart, unless another of the same chart has it already.
 */
export function pickColours(names: readonly string[]): readonly string[] {
  const taken = new Set<number>();
  return names.map((name) => {
    const own = typeColours[name];
    if (own !== undefined) return own;
    let colour = hash(name) % colourCount;
    while (taken.has(colour) && taken.size < colourCount) colour = (colour + 1) % colourCount;
    taken.add(colour);
    return `--series-${colour + 1}`;
  });
}

/** FNV-1a. Source: the IETF draft of that name. */
function hash(text: string): number {
  let value = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01_00_01_93);
  return value >>> 0;
}
