const pattern = /^hh_([0-9A-Za-z]{12})_[0-9A-Za-z]{32}$/;

/** The public id in a key; null when the text is not a key. */
export const parseKeyId = (key: string): string | null => pattern.exec(key)?.[1] ?? null;
