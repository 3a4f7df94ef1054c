# The first stage builds the workspace. The second runs the built server as an unprivileged user.
ARG NODE_VERSION=24.21.0
FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
# Copy only what determines the dependencies, so that code changes reuse the installed layer.
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml .node-version ./
COPY apps/server/package.json apps/server/
COPY apps/web/package.json apps/web/
COPY packages/db/package.json packages/db/
COPY packages/domain/package.json packages/domain/
COPY packages/import-rules/package.json packages/import-rules/
COPY packages/messages/package.json packages/messages/
COPY packages/sdk/package.json packages/sdk/
COPY packages/openrouter-sim/package.json packages/openrouter-sim/
COPY tests/package.json tests/
COPY bench/package.json bench/
ENV CI=1
RUN npx -y pnpm@12.21.0 install --frozen-lockfile
COPY . .
RUN node scripts/build.mjs app
RUN npx -y pnpm@12.21.0 --filter @orwatch/server deploy --prod --legacy deployed
RUN node scripts/slim.mjs deployed

FROM node:${NODE_VERSION}-bookworm-slim
# Nothing is installed or built here, so remove the package managers of the image.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn* \
  && mkdir -p /data \
  && chown node:node /data
WORKDIR /app
COPY --from=build /app/deployed/package.json apps/server/
COPY --from=build /app/deployed/node_modules apps/server/node_modules
COPY --from=build /app/apps/server/dist apps/server/dist
COPY --from=build /app/apps/web/dist apps/web/dist
COPY --from=build /app/packages/db/prisma packages/db/prisma
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  PORT=3000 \
  DATABASE_URL=file:/data/app.db \
  BACKUP_DIR=/data/backups \
  MALLOC_TRIM_THRESHOLD_=131072
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--max-semi-space-size=2", "--max-old-space-size=768", "apps/server/dist/main.js"]
