# A GPU worker machine: the checkout, its pinned libraries, `josi worker gpu`. The host brings the driver and NVIDIA's
# container toolkit; torch's own wheels bring the CUDA libraries.
#   docker build -f deployments/worker.Dockerfile -t josi-worker .
#   docker run --gpus all --env-file worker.env -v josi-home:/home/josi/state josi-worker
FROM nvidia/cuda:12.8.1-base-ubuntu24.04

RUN apt-get update \
 && apt-get install --yes --no-install-recommends build-essential cmake git python3 python3-dev python3-venv \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home josi
USER josi
WORKDIR /home/josi/forge

# The long half first, so that a change of the code does not install everything again.
COPY --chown=josi Makefile pyproject.toml constraints.txt ./
RUN make .venv/.libraries
COPY --chown=josi . .
RUN make setup && mkdir -p /home/josi/state

ENV JOSI_HOME=/home/josi/state
VOLUME /home/josi/state
ENTRYPOINT [".venv/bin/josi", "worker"]
CMD ["gpu"]
