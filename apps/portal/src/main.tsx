import '@sigillo/ui/theme.scss';
import { applyChosenTheme } from '@sigillo/ui';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startTexts } from './app/texts.ts';

applyChosenTheme();
await startTexts();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
