import { useText } from '../../app/locale.js';

export default function Page() {
  return <h1>{useText()('reports')}</h1>;
}
