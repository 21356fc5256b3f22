import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock.ts';
import type { ProjectStore } from './project-store.ts';

/** Other processes may change projects: what they wrote counts after this, at the latest. */
const rememberMs = 1_000;
/** Projects in cached results, about 300 bytes each. */
const maxProjects = 20_000;

/** How many projects an answer holds; one at least. */
const sizeOf = (answer: unknown): number =>
  typeof answer === 'object' &&
  answer !== null &&
  'projects' in answer &&
  Array.isArray(answer.projects)
    ? 1 + answer.projects.length
    : 1;

/** Results cached until a change, or for one second. */
class RecentAnswers {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #answers = new LRUCache<string, { readonly answer: unknown; readonly until: number }>({
    maxSize: maxProjects,
    sizeCalculation: ({ answer }) => sizeOf(answer),
  });
  #changeCount = 0;

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** @param question names the read: answers to the same question are of the same type */
  async recall<Answer>(question: string, read: () => Promise<Answer>): Promise<Answer> {
    const known = this.#answers.get(question);
    if (known && known.until > this.#clock.monotonicMs()) return known.answer as Answer;
    const changesBefore = this.#changeCount;
    const answer = await read();
    // What was read while something changed may be out of date already; what is missing may come at any time.
    if (answer === null || changesBefore !== this.#changeCount) return answer;
    this.#answers.set(question, { answer, until: this.#clock.monotonicMs() + rememberMs });
    return answer;
  }

  async change<Answer>(work: Promise<Answer>): Promise<Answer> {
    try {
      return await work;
    } finally {
      this.#changeCount += 1;
      this.#answers.clear();
    }
  }
}

/**
 * The store with a cache of one second: every request looks up a project, some all of them, and each look-up costs
 * about a quarter of the CPU of storing an event. Changes through it take effect immediately.
 */
export function rememberProjects<Store extends ProjectStore>(
  store: Store,
  clock: Pick<Clock, 'monotonicMs'>,
): Store {
  const recent = new RecentAnswers(clock);
  return {
    ...store,
    findProject: (idOrName) =>
      recent.recall(`project ${idOrName}`, () => store.findProject(idOrName)),
    listProjects: (query) =>
      recent.recall(`list ${JSON.stringify(query)}`, () => store.listProjects(query)),
    createProject: (input, now) => recent.change(store.createProject(input, now)),
    ensureProject: (name, now) => recent.change(store.ensureProject(name, now)),
    updateProject: (id, change, now) => recent.change(store.updateProject(id, change, now)),
    deleteProject: (id) => recent.change(store.deleteProject(id)),
  };
}
