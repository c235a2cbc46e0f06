# Build:  docker build -t interview-coach .
# Run:    docker run --rm -it -v coach:/data interview-coach
#
# TORCH_INDEX names one more package index. With one that has CPU builds of PyTorch the image
# becomes several gigabytes smaller: the usual build for Linux brings GPU libraries.

FROM python:3.11-slim AS build
ARG TORCH_INDEX=""
ENV UV_COMPILE_BYTECODE=1 \
    UV_NO_CACHE=1 \
    VIRTUAL_ENV=/opt/coach
WORKDIR /src
# The dependencies, the encoder's weights among them, come before the source: a changed line of code
# rebuilds only the last layers. What is locked, and what is not: see tools/install.
COPY requirements.lock pyproject.toml ./
RUN awk '/^uv==/, !/\\$/' requirements.lock | pip install --require-hashes -r /dev/stdin \
    && uv venv "$VIRTUAL_ENV" \
    && uv pip install ${TORCH_INDEX:+--index "$TORCH_INDEX" --index-strategy unsafe-best-match} \
        --constraints requirements.lock --extra postgres -r pyproject.toml
COPY README.md LICENSE ./
COPY bot bot
COPY grading grading
COPY knowledge knowledge
COPY migrations migrations
RUN uv pip install --no-deps .

FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /data --no-create-home coach \
    && install --directory --owner=coach --group=coach --mode=700 /data
COPY --from=build /opt/coach /opt/coach
# Everything is compiled, and only /data and /tmp are written: the rest can be read-only.
ENV PATH=/opt/coach/bin:$PATH \
    COACH_HOME=/data \
    COACH_WATCH__PORT=9464 \
    HF_HUB_OFFLINE=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER coach
WORKDIR /data
VOLUME /data
# Only `coach run` listens there: other commands end by themselves.
HEALTHCHECK --interval=30s --timeout=10s --start-period=3m \
    CMD grep -qzx run /proc/1/cmdline && [ -n "$COACH_WATCH__PORT" ] || exit 0; \
        python -Ic "import http.client, os; e = os.environ; \
            c = http.client.HTTPConnection(e.get('COACH_WATCH__HOST') or '127.0.0.1', \
                                           int(e['COACH_WATCH__PORT']), timeout=5); \
            c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"
ENTRYPOINT ["coach"]
CMD ["chat"]
