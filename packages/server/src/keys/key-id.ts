const plain = /^hh_([0-9A-Za-z]{12})_[0-9A-Za-z]{32}$/;
/** As HoneyHive's SDKs check them from 1.6 on: of ingestion, and of the data plane. */
const typed = /^hh_((?:ingst|fgdp)_[0-9A-Za-z]{24})_[0-9A-Za-z_-]{64}$/;

/** The public id in a key; null when the text is not a key. */
export const parseKeyId = (key: string): string | null =>
  (plain.exec(key) ?? typed.exec(key))?.[1] ?? null;
