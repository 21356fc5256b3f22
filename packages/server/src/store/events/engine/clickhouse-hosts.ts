import { isCut, isHostFailure, toUnreachable } from './host-error.ts';

/**
 * The hosts of one ClickHouse installation. What one of them answered last is asked first: as long as it works, reads
 * and writes go to the same host, so that a read sees what was written before it.
 */
export class ClickHouseHosts<T> {
  readonly #hosts: readonly T[];
  #current = 0;

  constructor(hosts: readonly T[]) {
    this.#hosts = hosts;
  }

  get all(): readonly T[] {
    return this.#hosts;
  }

  /**
   * Runs the work on the host that answered last, and on each other one while hosts fail. A single host is tried again
   * when it cut the connection. The work may run several times, so that it has to be idempotent.
   *
   * @throws {StoreUnreachable} no host could do it
   * @throws what the work fails with, when that is no fault of the host
   */
  async run<Result>(work: (host: T) => Promise<Result>): Promise<Result> {
    for (let triesLeft = Math.max(2, this.#hosts.length); ; triesLeft -= 1) {
      const index = this.#current;
      try {
        return await work(this.#at(index));
      } catch (error) {
        if (!isHostFailure(error)) throw error;
        this.#leave(index);
        if (triesLeft === 1 || !this.#mayHelp(error)) throw toUnreachable(error);
      }
    }
  }

  #at(index: number): T {
    const host = this.#hosts[index];
    if (host === undefined) throw new RangeError('there are no hosts');
    return host;
  }

  /** Another piece of work may have left it already. */
  #leave(index: number): void {
    if (this.#current === index) this.#current = (index + 1) % this.#hosts.length;
  }

  #mayHelp(error: unknown): boolean {
    return this.#hosts.length > 1 || isCut(error);
  }
}
