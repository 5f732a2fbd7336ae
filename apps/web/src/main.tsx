import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { Appearance } from './app/appearance.js';
import { startLanguage } from './app/i18n.js';
import { queries } from './app/queries.js';
import { router } from './app/routes.js';
import './app/app.css';
import './ui/controls.css';
import './ui/tables.css';

startLanguage();
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Appearance>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Appearance>
  </StrictMode>,
);
