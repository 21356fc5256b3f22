// Preloaded into a service: its dates are off by the seconds that the file of `SHIFTED_DATE_FILE` holds.
import { readFileSync } from 'node:fs';

const { SHIFTED_DATE_FILE: path = '' } = process.env;
const RealDate = Date;
const now = () => RealDate.now() + Number(readFileSync(path, 'utf8')) * 1000;

globalThis.Date = class extends RealDate {
  static now = now;
  constructor(...args) {
    super(...(args.length === 0 ? [now()] : args));
  }
};
