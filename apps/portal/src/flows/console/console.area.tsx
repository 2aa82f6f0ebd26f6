import type { ReactElement } from 'react';
import { Route, Routes } from 'react-router';
import { NotFoundPage } from '../../app/not-found-page.tsx';
import { AreaNav } from '../../area/area-nav.tsx';
import { OperatorArea } from '../../area/operator-area.tsx';
import { PLACES } from './places.ts';
import { StartPage } from './start/start.page.tsx';

/** On a telephone the bar has room for so many; the start page leads to all. */
const IN_BAR = 4;

/** The console: where operators review, help and look after the installation. */
export default function ConsoleArea(): ReactElement {
  return (
    <OperatorArea>
      {(operator) => {
        const places = PLACES.filter((place) => place.roles.some((role) => operator.roles.includes(role)));
        const menu = places.map(({ name, icon }, index) => ({
          to: `/console/${name}`,
          name,
          icon,
          wideOnly: index >= IN_BAR,
        }));
        return (
          <>
            <AreaNav area="console" places={[{ to: '/console', name: 'start', icon: 'home' }, ...menu]} />
            <Routes>
              <Route index element={<StartPage operator={operator} places={places} />} />
              {places.map(({ name, page: Page }) => (
                <Route key={name} path={`${name}/*`} element={<Page />} />
              ))}
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </>
        );
      }}
    </OperatorArea>
  );
}
