from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("composer", "0002_picture"),
    ]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="expected",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
