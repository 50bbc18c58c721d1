"""Where uploaded files lie: a folder of this machine, or a bucket that speaks S3."""

from typing import Any

import environ
from botocore.config import Config

LOCAL_STORAGE = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def s3_storage(env: environ.Env) -> dict[str, Any]:
    """The setting of a bucket, from S3_BUCKET, S3_ENDPOINT_URL, S3_REGION, S3_ACCESS_KEY and S3_SECRET_KEY.

    Files in it are private: whoever reads one asks us.
    """
    options = {
        "bucket_name": env.str("S3_BUCKET"),
        "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
        "region_name": env.str("S3_REGION", "") or None,
        "access_key": env.str("S3_ACCESS_KEY", "") or None,
        "secret_key": env.str("S3_SECRET_KEY", "") or None,
        "default_acl": None,
        "file_overwrite": False,
        "querystring_auth": True,
        "max_memory_size": 2 * 2**20,  # bytes; what is larger is read by way of a file
        # A bucket that hangs must not keep a worker waiting: seconds.
        "client_config": Config(connect_timeout=3, read_timeout=10, retries={"max_attempts": 2}),
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
