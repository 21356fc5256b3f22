import { shellText } from '../text/shell.ts';
import { FirstList } from './first-list.tsx';

export const EventsScreen = () => <FirstList scope="events" title={shellText.events} />;
