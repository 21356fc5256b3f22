import { ListScreen } from './list-screen.tsx';

export const SessionsScreen = () => <ListScreen kind="sessions" />;
