# The mocks of Google and Gmail for applications in containers; compose.yaml shows them beside one.
#   docker build --tag oauth-imap .
ARG BASE=node:24.21.0-slim
FROM ${BASE}
WORKDIR /opt/oauth-imap

# A layer of their own: packages change less often than sources.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts && npm cache clean --force
COPY . .

# What applications mount read-only: the certificate authority and the client file.
RUN mkdir /oauth-imap && chown node:node /oauth-imap
VOLUME /oauth-imap

# In a container, Docker lets every user listen on 443 and 993.
USER node
EXPOSE 443 993
HEALTHCHECK --interval=2s --timeout=5s --retries=10 CMD ["node", "--eval", \
  "for (const port of [443, 993]) net.connect(port, '127.0.0.1', function () { this.end() }).on('error', () => process.exit(1))"]

# `docker run` takes more options for serve, such as --world FILE.
ENTRYPOINT ["node", "harness/cli/main.mjs", "serve", "--json", "--listen", "0.0.0.0", "--port", "443", \
  "--imap-port", "993", "--control-port", "8080", "--files", "/oauth-imap"]
