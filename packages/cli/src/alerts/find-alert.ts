import type { Alert } from 'honeyhive-wire';
import { Failure } from '../failure.ts';

/**
 * The alert of that id or name.
 *
 * @throws {Failure} when it is missing, or several have the name
 */
export function findAlert(alerts: readonly Alert[], idOrName: string): Alert {
  const byId = alerts.find(({ id }) => id === idOrName);
  if (byId !== undefined) return byId;
  const [found, ...others] = alerts.filter(({ name }) => name === idOrName);
  if (found === undefined)
    throw new Failure(`there is no alert ${JSON.stringify(idOrName)}`, {
      nextStep: '`honeyhive alerts list` shows the alerts.',
    });
  if (others.length > 0)
    throw new Failure(`${others.length + 1} alerts have the name ${JSON.stringify(idOrName)}`, {
      nextStep: 'Name one by its id: `honeyhive alerts list` shows it.',
    });
  return found;
}
