import { benchAppend } from './append.mjs';
console.log(await benchAppend(Number(process.argv[2] || 12800)));
