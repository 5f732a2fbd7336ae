import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Compressed copies beside the files, so that the server need not compress at each request. */
const compressed = {
  name: 'compressed-copies',
  generateBundle: {
    // after vite has put in what its chunks load
    order: 'post',
    handler(_, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css|svg)$/.test(fileName)) continue;
        const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        const copies = { br: brotliCompressSync(bytes, { params }), gz: gzipSync(bytes) };
        for (const [ending, source] of Object.entries(copies))
          this.emitFile({ type: 'asset', fileName: `${fileName}.${ending}`, source });
      }
    },
  },
};

/** `npm run build` writes dist/web, which the API serves; `npx vite apps/web` asks an API on port 3000. */
export default defineConfig({
  root: here('.'),
  plugins: [compressed],
  build: {
    outDir: here('../../dist/web'),
    emptyOutDir: true,
    manifest: true,
    // what the app runs in is what the officers' browsers are: no transforms for older ones
    target: 'es2022',
    // a data: font or image would need a wider content security policy
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" is for servers that render; antd says it in every file
      onLog(level, log, handler) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:3000' } },
});
