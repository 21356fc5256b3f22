// `node --import`: threads other than the main one start late, as on a machine that has much else to do.
import { isMainThread } from 'node:worker_threads';

const lateMs = 3000;
const never = new Int32Array(new SharedArrayBuffer(4));
if (!isMainThread) Atomics.wait(never, 0, 0, lateMs);
