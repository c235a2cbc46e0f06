# Build:  docker build -t interview-coach .
# Run:    docker run --rm -it -v coach:/data interview-coach
#
# TORCH_INDEX names one more package index. With one that has CPU builds of PyTorch the image
# becomes several gigabytes smaller: the usual build for Linux brings GPU libraries.

FROM python:3.11-slim AS build
ARG TORCH_INDEX=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/coach
WORKDIR /src
# The dependencies, the encoder's weights among them, come before the source: a changed line of code
# rebuilds only the last layers.
COPY requirements.lock ./
RUN /opt/coach/bin/pip install ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY grading grading
COPY knowledge knowledge
COPY migrations migrations
RUN /opt/coach/bin/pip install --no-deps . \
    && /opt/coach/bin/pip uninstall --yes pip

FROM python:3.11-slim
RUN useradd --uid 10001 --home-dir /data --no-create-home coach \
    && install --directory --owner=coach --group=coach /data
COPY --from=build /opt/coach /opt/coach
ENV PATH=/opt/coach/bin:$PATH \
    COACH_HOME=/data \
    HF_HUB_OFFLINE=1 \
    PYTHONUNBUFFERED=1
USER coach
WORKDIR /data
VOLUME /data
ENTRYPOINT ["coach"]
CMD ["chat"]
