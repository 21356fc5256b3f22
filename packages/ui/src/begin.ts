// The first code of the page, and little of it: what the screen needs is asked for while the screen's own code comes.
import './app/tokens.css';
import './app/base.css';
import { askFirst } from './app/first-questions.ts';
import { preloadPlace } from './app/screen-loaders.ts';
import { readPlace } from './state/use-place.ts';

const place = readPlace();
void askFirst(place);
void import('./main.tsx');
preloadPlace(place);
