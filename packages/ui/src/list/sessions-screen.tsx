import { shellText } from '../text/shell.ts';
import { FirstList } from './first-list.tsx';

export const SessionsScreen = () => <FirstList scope="sessions" title={shellText.sessions} />;
