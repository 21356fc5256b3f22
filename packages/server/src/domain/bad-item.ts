import type { Issue } from 'honeyhive-wire';

/** Stands in a list for an item that was not read, because it is beyond a limit. */
export class BadItem {
  readonly issue: Issue;

  constructor(issue: Issue) {
    this.issue = issue;
  }
}
