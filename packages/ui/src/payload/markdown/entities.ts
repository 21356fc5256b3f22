const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** A text with its character references read: `&lt;` is `<`. One that is not known stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(
    /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-z]{2,6});/g,
    (whole, reference: string) => {
      if (!reference.startsWith('#')) return entities[reference] ?? whole;
      // `#x3c` is `0x3c`, `#60` is 60.
      const code = Number(reference.replace(/^#(?=[xX])/, '0').replace('#', ''));
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
