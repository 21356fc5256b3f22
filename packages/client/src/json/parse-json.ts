/** undefined when the text is not JSON: what that means is for the reader of the text to say. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
