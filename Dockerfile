# The image of every `gongshi` process. Build and runtime stage are the same Python, so that the virtual
# environment can move from one to the other.
FROM python:3.11-slim-bookworm AS build

RUN pip install --no-cache-dir uv==0.13.9
ENV UV_PROJECT_ENVIRONMENT=/opt/gongshi UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_PYTHON_DOWNLOADS=never
WORKDIR /src

# Dependencies change less often than the program: a layer of their own.
COPY pyproject.toml uv.lock ./
RUN uv sync --locked --no-dev --no-install-project

COPY README.md LICENSE ./
COPY schemas schemas
COPY streams streams
COPY connectors connectors
COPY sinks sinks
COPY monitoring monitoring
RUN uv sync --locked --no-dev --no-editable


FROM python:3.11-slim-bookworm

RUN groupadd --gid 10001 gongshi \
    && useradd --uid 10001 --gid gongshi --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin gongshi
COPY --from=build /opt/gongshi /opt/gongshi

ENV PATH=/opt/gongshi/bin:$PATH PYTHONUNBUFFERED=1 \
    GONGSHI_METRICS_HOST=0.0.0.0 GONGSHI_METRICS_PORT=9464
USER 10001:10001
WORKDIR /tmp
EXPOSE 9464
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:' + os.environ['GONGSHI_METRICS_PORT'] + '/live', timeout=4)"]
ENTRYPOINT ["gongshi"]
